/** What servers there are: names, groups, deployments, how each is reached and where its credential comes from. */
@NullMarked
package dev.asrdoctor.inventory;

import org.jspecify.annotations.NullMarked;
