package decaylab.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import decaylab.problem.BadInputException;
import java.io.IOException;
import java.util.List;

/** Why a JSON file could not be read, in words. */
final class JsonReason {
    private JsonReason() {}

    /** A few words that fit into brackets. */
    static String of(IOException e) {
        if (e instanceof ValueInstantiationException && e.getCause() instanceof BadInputException bad) {
            return String.valueOf(bad.getMessage());
        }
        if (e instanceof JsonMappingException mapping) {
            List<JsonMappingException.Reference> path = mapping.getPath();
            String field = path.isEmpty() ? null : path.get(0).getFieldName();
            return field == null
                    ? "a field is missing or has a value that it cannot have"
                    : "its field " + field + " cannot be used";
        }
        if (e instanceof JsonProcessingException syntax) {
            return syntax.getLocation() == null
                    ? "it is no JSON"
                    : "it is no JSON from line " + syntax.getLocation().getLineNr() + " on";
        }
        return IoReason.of(e);
    }
}
