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
    SOURCE,
    /** A replication appliance, which is all of a process server and what leads it in one machine. */
    APPLIANCE,
    /** Is replicated by way of a replication appliance, with which it has registered. */
    JOINED;

    public String word() {
        return Words.word(this);
    }
}
