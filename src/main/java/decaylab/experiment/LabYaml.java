package decaylab.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import decaylab.schedule.Schedule;
import java.util.regex.Pattern;

/** How the lab writes and reads YAML: bare words where every reader takes them for words, kinds of schedules as fields. */
final class LabYaml {
    private LabYaml() {}

    /** A writer of values as YAML, and as trees. */
    static YAMLMapper mapper() {
        YAMLFactory factory = YAMLFactory.builder()
                .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID) // a schedule's kind is a field, not a tag
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .stringQuotingChecker(new PlainWords())
                .build();
        return YAMLMapper.builder(factory)
                .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
                .addMixIn(Schedule.class, ScheduleKinds.class)
                .build();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Schedule.Constant.class, name = "constant"),
        @JsonSubTypes.Type(value = Schedule.Window.class, name = "window"),
        @JsonSubTypes.Type(value = Schedule.Piecewise.class, name = "piecewise"),
        @JsonSubTypes.Type(value = Schedule.Cosine.class, name = "cosine"),
        @JsonSubTypes.Type(value = Schedule.Exponential.class, name = "exponential"),
        @JsonSubTypes.Type(value = Schedule.Drawn.class, name = "drawn")
    })
    private interface ScheduleKinds {}

    /** Leaves bare only what every reader of YAML takes for a word: a folder 2024 or a gate off gets its quotes. */
    private static final class PlainWords extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1;
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][\\w./-]*");

        @Override
        public boolean needToQuoteValue(String value) {
            return !PLAIN.matcher(value).matches() || super.needToQuoteValue(value);
        }
    }
}
