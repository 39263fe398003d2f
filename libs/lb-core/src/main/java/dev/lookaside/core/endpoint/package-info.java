/**
 * What there is to pick from: immutable endpoints and versioned tables of them. Start at {@link
 * EndpointTable}.
 */
@NullMarked
package dev.lookaside.core.endpoint;

import org.jspecify.annotations.NullMarked;
