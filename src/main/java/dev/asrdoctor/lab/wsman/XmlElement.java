package dev.asrdoctor.lab.wsman;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An element of a request.
 *
 * @param attributes by local name
 * @param text all of its own, without that of its children
 */
record XmlElement(
        String namespace, String name, Map<String, String> attributes, List<XmlElement> children, String text) {

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
