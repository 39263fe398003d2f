package dev.lookaside.registry.jetcd;

import dev.lookaside.registry.store.EtcdFailure;
import dev.lookaside.registry.store.PrefixStore.Range;
import dev.lookaside.registry.store.StoredKey;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads many keys at one revision, page by page; pages get smaller when one does not fit into a
 * message. Used by one thread.
 */
final class Pages {
  private static final int FIRST_SIZE = 2_000;
  private static final ByteSequence NEXT_KEY = ByteSequence.from(new byte[] {0});

  private final MemberCalls calls;
  private long size = FIRST_SIZE;

  Pages(MemberCalls calls) {
    this.calls = calls;
  }

  Range read(ByteSequence first, ByteSequence end, Consumer<List<StoredKey>> sink)
      throws EtcdFailure, InterruptedException {
    ByteSequence from = first;
    long revision = 0;
    while (true) {
      GetResponse page = page(from, end, revision);
      revision = revision == 0 ? page.getHeader().getRevision() : revision;
      sink.accept(page.getKvs().stream().map(JetcdStore::stored).toList());
      if (!page.isMore() || page.getKvs().isEmpty()) {
        return new Range(page.getHeader().getClusterId(), revision);
      }
      from = page.getKvs().get(page.getKvs().size() - 1).getKey().concat(NEXT_KEY);
    }
  }

  private GetResponse page(ByteSequence from, ByteSequence end, long revision)
      throws EtcdFailure, InterruptedException {
    while (true) {
      GetOption option =
          GetOption.builder().withRange(end).withLimit(size).withRevision(revision).build();
      try {
        return calls.call(client -> client.getKVClient().get(from, option));
      } catch (EtcdFailure failure) {
        if (failure.kind() != EtcdFailure.Kind.TOO_LARGE || size == 1) {
          throw failure;
        }
        size = Math.max(1, size / 8);
      }
    }
  }
}
