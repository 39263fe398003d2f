/**
 * The balancer's application: the look-aside line wired in one place. Start at {@link
 * LbConfiguration}.
 */
@NullMarked
package dev.lookaside.lb;

import org.jspecify.annotations.NullMarked;
