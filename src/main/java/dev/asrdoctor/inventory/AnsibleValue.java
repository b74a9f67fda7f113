package dev.asrdoctor.inventory;

import dev.asrdoctor.config.Position;
import java.util.List;

/** What Ansible makes of a variable's value, as far as a connection can depend on it. */
sealed interface AnsibleValue {

    /**
     * A text, or a number or a truth in the words that Python has for it.
     *
     * @param literal never a template, whatever stands in it
     */
    record Text(String text, boolean literal) implements AnsibleValue {
        Text(String text) {
            this(text, false);
        }

        /** As Jinja knows a template by how it begins. */
        boolean isTemplate() {
            return !literal && (text.contains("{{") || text.contains("{%") || text.contains("{#"));
        }
    }

    /** Nothing: it takes back what another place says, and the option's default holds. */
    record Nothing() implements AnsibleValue {}

    record Items(List<String> texts) implements AnsibleValue {}

    /** Encrypted by ansible-vault. */
    record Vaulted() implements AnsibleValue {}

    /** Something that asrdoctor cannot know as a text. */
    record Odd(String what) implements AnsibleValue {}

    /** A value and where it stands. */
    record Variable(AnsibleValue value, Position at) {}
}
