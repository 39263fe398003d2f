package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Links whose balancers say what the test says. */
final class FakeLinks implements BalancerLink.Opener {
  final List<FakeLink> opened = new ArrayList<>();
  final Set<Address> undialable = new HashSet<>();
  private final Ticker ticker;

  FakeLinks(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public BalancerLink open(Address address) {
    if (undialable.contains(address)) {
      throw new IllegalArgumentException("cannot dial " + address);
    }
    FakeLink link = new FakeLink(address);
    opened.add(link);
    return link;
  }

  FakeLink last() {
    return opened.get(opened.size() - 1);
  }

  List<Address> asked() {
    return opened.stream().map(FakeLink::address).toList();
  }

  /** One connection. */
  final class FakeLink implements BalancerLink {
    private final Address address;
    final List<ClientStats> reports = new ArrayList<>();
    SubscribeRequest request = SubscribeRequest.getDefaultInstance();
    boolean isOpen = true;
    boolean takesReports = true;
    int probes;
    int wanted;
    private long aliveNanos = ticker.nanos();
    private @Nullable Listener listener;
    private @Nullable Consumer<Status> probe;

    FakeLink(Address address) {
      this.address = address;
    }

    @Override
    public Address address() {
      return address;
    }

    @Override
    public void subscribe(SubscribeRequest newRequest, Listener newListener) {
      request = newRequest;
      listener = newListener;
    }

    void says(SubscribeResponse message) {
      gives();
      listener().message(message);
    }

    /** A sign of life that is not yet a message. */
    void gives() {
      aliveNanos = ticker.nanos();
    }

    void ends(Status status) {
      listener().ended(status);
    }

    void ages() {
      listener().aged();
    }

    void answersProbe(Status status) {
      Consumer<Status> asked = probe;
      probe = null;
      if (asked != null) {
        asked.accept(status);
      }
    }

    private Listener listener() {
      Listener told = listener;
      if (told == null) {
        throw new IllegalStateException("not subscribed at " + address);
      }
      return told;
    }

    @Override
    public void more() {
      wanted++;
    }

    @Override
    public long aliveNanos() {
      return aliveNanos;
    }

    @Override
    public void probe(Duration timeout, Consumer<Status> answer) {
      probes++;
      probe = answer;
    }

    @Override
    public boolean takesReports() {
      return takesReports;
    }

    @Override
    public void report(ClientStats outcomes) {
      reports.add(outcomes);
    }

    @Override
    public void leave() {
      isOpen = false;
    }

    @Override
    public void close() {
      isOpen = false;
    }
  }
}
