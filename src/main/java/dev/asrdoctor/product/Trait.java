package dev.asrdoctor.product;

import dev.asrdoctor.text.Words;

/** What checks go by where they ask what a server is for. YAML: lower case with hyphens. */
public enum Trait {
    /** Receives what source machines send. */
    PROCESS_SERVER,
    /** Sends it on to Azure. */
    UPLOADS,
    /** Other servers register with it. */
    LEADS,
    /** A virtual machine in Azure. */
    IN_AZURE,
    /** Is replicated. */
    SOURCE;

    public String word() {
        return Words.word(this);
    }
}
