/** What must last, behind ports: the journal, facts, change windows, and leases; the records that they keep live here. */
@NullMarked
package dev.asrdoctor.store;

import org.jspecify.annotations.NullMarked;
