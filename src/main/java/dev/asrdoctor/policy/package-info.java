/** What an administrator may set: settings, waivers and times. Each limit is declared beside what heeds it. */
@NullMarked
package dev.asrdoctor.policy;

import org.jspecify.annotations.NullMarked;
