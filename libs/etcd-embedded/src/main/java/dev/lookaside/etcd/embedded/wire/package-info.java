/** From our records to etcd's messages. Start at {@link Messages}. */
@NullMarked
package dev.lookaside.etcd.embedded.wire;

import org.jspecify.annotations.NullMarked;
