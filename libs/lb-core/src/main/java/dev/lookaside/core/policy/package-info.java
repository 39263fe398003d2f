/**
 * How to choose. Each policy is one file here or one sub-package; a metric ({@code cost}) and a way
 * to choose by it ({@code choice}) make several. Start at {@link Policies}, the only door to them,
 * and {@link Picker}.
 */
@NullMarked
package dev.lookaside.core.policy;

import org.jspecify.annotations.NullMarked;
