/**
 * Every policy in turn on five unequal workers. Start at {@link
 * dev.lookaside.trials.compare.Compare}.
 */
@NullMarked
package dev.lookaside.trials.compare;

import org.jspecify.annotations.NullMarked;
