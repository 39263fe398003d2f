/**
 * The embedded etcd for tests on machines without a real one. Start at {@link
 * dev.lookaside.testing.embedded.EmbeddedFallback}.
 */
@NullMarked
package dev.lookaside.testing.embedded;

import org.jspecify.annotations.NullMarked;
