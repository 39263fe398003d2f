/** What options of several trials have in common. */
@NullMarked
package dev.lookaside.trials.options;

import org.jspecify.annotations.NullMarked;
