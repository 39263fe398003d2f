/**
 * What the command-line client's load prints, read back. Start at {@link
 * dev.lookaside.trials.load.LoadResult}.
 */
@NullMarked
package dev.lookaside.trials.load;

import org.jspecify.annotations.NullMarked;
