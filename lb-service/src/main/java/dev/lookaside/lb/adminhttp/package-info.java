/**
 * What operators see and decide, over HTTP: how the dashboard asks. A thin layer over {@code
 * admin}, as {@code adminrpc} is one for gRPC. Start at {@link
 * dev.lookaside.lb.adminhttp.AdminController}.
 */
@NullMarked
package dev.lookaside.lb.adminhttp;

import org.jspecify.annotations.NullMarked;
