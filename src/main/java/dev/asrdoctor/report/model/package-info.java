/** What a report consists of, whatever it is about and whatever it is shown in. */
@NullMarked
package dev.asrdoctor.report.model;

import org.jspecify.annotations.NullMarked;
