/**
 * Who may call what with security on, on real processes. Start at {@link
 * dev.lookaside.trials.rights.RightsTrial}.
 */
@NullMarked
package dev.lookaside.trials.rights;

import org.jspecify.annotations.NullMarked;
