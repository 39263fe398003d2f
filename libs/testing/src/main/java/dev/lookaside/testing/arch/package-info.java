/** The shape of every module as tests. Start at {@link dev.lookaside.testing.arch.ArchRules}. */
@NullMarked
package dev.lookaside.testing.arch;

import org.jspecify.annotations.NullMarked;
