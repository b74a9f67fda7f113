package dev.asrdoctor.lab.wsman;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An element of a request.
 *
 * @param attributes by local name
 * @param ownText all of its own, without that of its children; {@link Base64Run#PLACE} for {@code run} in it
 * @param run the request's long text; null for elements that do not hold it
 */
record XmlElement(
        String namespace,
        String name,
        Map<String, String> attributes,
        List<XmlElement> children,
        String ownText,
        @Nullable Base64Run run) {

    String text() {
        return run == null ? ownText : ownText.replace(Base64Run.PLACE, run.text());
    }

    /** Of Base64; to be read only. */
    byte[] decodedText() throws FaultException {
        return run != null && ownText.equals(Base64Run.PLACE) ? run.decoded() : Base64Text.decode(text());
    }

    @Nullable XmlElement child(String childNamespace, String childName) {
        for (XmlElement child : children) {
            if (child.name().equals(childName) && child.namespace().equals(childNamespace)) {
                return child;
            }
        }
        return null;
    }

    List<XmlElement> all(String childNamespace, String childName) {
        return children.stream()
                .filter(child ->
                        child.name().equals(childName) && child.namespace().equals(childNamespace))
                .toList();
    }

    /** Of the child's text, trimmed; empty where there is no such child. */
    String textOf(String childNamespace, String childName) {
        XmlElement child = child(childNamespace, childName);
        return child == null ? "" : child.text().strip();
    }

    String attribute(String attributeName) {
        return attributes.getOrDefault(attributeName, "");
    }
}
