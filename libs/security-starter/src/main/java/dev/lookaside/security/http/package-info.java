/** Who may ask the HTTP server for what. Start at {@link dev.lookaside.security.http.HttpGuard}. */
@NullMarked
package dev.lookaside.security.http;

import org.jspecify.annotations.NullMarked;
