/** An application that calls workers. Start at {@link ClientApp}. */
@NullMarked
package dev.lookaside.example.client;

import org.jspecify.annotations.NullMarked;
