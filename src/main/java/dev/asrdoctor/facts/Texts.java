package dev.asrdoctor.facts;

import java.util.function.UnaryOperator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Sees every text that a parser comes by, each of which has to be one that is kept as it is.
 *
 * @param clean makes each text what is kept of it
 */
record Texts(UnaryOperator<String> clean) {

    /** The text that the parser stands on. */
    String kept(JsonParser parser) throws UnusualException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new UnusualException();
        }
        String text = parser.getString();
        require(text);
        return text;
    }

    void require(String text) throws UnusualException {
        if (!clean.apply(text).equals(text)) {
            throw new UnusualException();
        }
    }

    /** Passes over the value of the member whose name has just been read. */
    void skipMember(JsonParser parser) throws UnusualException {
        require(parser.currentName());
        int depth = 0;
        do {
            JsonToken token = parser.nextToken();
            switch (token) {
                case null -> throw new UnusualException();
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case VALUE_STRING -> kept(parser);
                case PROPERTY_NAME -> require(parser.currentName());
                default -> {}
            }
        } while (depth > 0);
    }
}
