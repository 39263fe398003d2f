/**
 * The way to etcd as properties of a Spring Boot application. Start at {@link
 * dev.lookaside.etcd.starter.EtcdProperties}.
 */
@NullMarked
package dev.lookaside.etcd.starter;

import org.jspecify.annotations.NullMarked;
