/**
 * What protects a gRPC server of a Spring Boot application, on one page: {@link
 * dev.lookaside.security.SecurityAutoConfiguration}.
 */
@NullMarked
package dev.lookaside.security;

import org.jspecify.annotations.NullMarked;
