/**
 * How to choose: one small file for each policy, behind one factory. Start at {@link Policies} and
 * {@link Picker}.
 */
@NullMarked
package dev.lookaside.core.policy;

import org.jspecify.annotations.NullMarked;
