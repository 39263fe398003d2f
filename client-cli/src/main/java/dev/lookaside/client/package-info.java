/** The command-line client: it asks the balancer who, then calls that worker directly. */
@NullMarked
package dev.lookaside.client;

import org.jspecify.annotations.NullMarked;
