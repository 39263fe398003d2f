/**
 * The properties {@code security.*}. Start at {@link
 * dev.lookaside.security.config.SecurityProperties}.
 */
@NullMarked
package dev.lookaside.security.config;

import org.jspecify.annotations.NullMarked;
