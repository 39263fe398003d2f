/**
 * How a process says in one line that it cannot start. Start at {@link
 * dev.lookaside.app.failure.SettingFailureAnalyzer}.
 */
@NullMarked
package dev.lookaside.app.failure;

import org.jspecify.annotations.NullMarked;
