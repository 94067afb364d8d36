package decaylab.cli;

import decaylab.problem.BadInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code --set} says. */
final class Settings {
    private Settings() {}

    /**
     * The fields' paths with their values, as the reader of experiments takes them.
     *
     * @throws BadInputException where one is not FIELD=VALUE
     */
    static Map<String, String> of(List<String> settings) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new BadInputException("--set " + setting
                        + " is not a setting; write FIELD=VALUE, for example optimizer.learningRate=0.05.");
            }
            fields.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return fields;
    }
}
