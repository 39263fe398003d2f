/**
 * How a process says in one line that it cannot start. Start at {@link
 * dev.lookaside.etcd.starter.failure.SettingFailureAnalyzer}.
 */
@NullMarked
package dev.lookaside.etcd.starter.failure;

import org.jspecify.annotations.NullMarked;
