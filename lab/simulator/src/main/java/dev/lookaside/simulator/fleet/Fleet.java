package dev.lookaside.simulator.fleet;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.fleet.Member.Presence;
import dev.lookaside.simulator.scenario.Scenario;
import dev.lookaside.simulator.scenario.ServerGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** All servers of a run. */
public final class Fleet {
  private final List<Member> members = new ArrayList<>();
  private final List<Consumer<Member>> listeners = new ArrayList<>();

  /**
   * @param done takes each request that finishes
   */
  public Fleet(Agenda agenda, Scenario scenario, Consumer<Request> done) {
    for (ServerGroup group : scenario.servers()) {
      for (int i = 0; i < group.count(); i++) {
        Server server = new Server(agenda, members.size(), group, done);
        String id = String.format(Locale.ROOT, "%s-%05d", group.name(), i + 1);
        Member member =
            new Member(
                id,
                group,
                server,
                new LoadMeter(server, group.capacity(), scenario.reports().window()));
        if (scenario.joinsLater(group)) {
          member.presence(Presence.ABSENT);
        }
        members.add(member);
      }
    }
  }

  public List<Member> members() {
    return members;
  }

  public Member member(int index) {
    return members.get(index);
  }

  public int size() {
    return members.size();
  }

  /** Tells the listener of every change of a presence. */
  public void onChange(Consumer<Member> listener) {
    listeners.add(listener);
  }

  public void presence(Member member, Presence presence) {
    member.presence(presence);
    listeners.forEach(listener -> listener.accept(member));
  }
}
