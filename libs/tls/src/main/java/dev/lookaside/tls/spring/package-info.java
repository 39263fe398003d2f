/**
 * SSL bundles of Spring Boot as {@link dev.lookaside.tls.LiveTls}. Start at {@link
 * dev.lookaside.tls.spring.BundleTls}.
 */
@NullMarked
package dev.lookaside.tls.spring;

import org.jspecify.annotations.NullMarked;
