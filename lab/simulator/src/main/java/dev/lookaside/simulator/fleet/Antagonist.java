package dev.lookaside.simulator.fleet;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.scenario.AntagonistState;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** The other users of one server's host: a piecewise constant share of its cores is theirs. */
public final class Antagonist {
  private final Agenda agenda;
  private final Member member;
  private final List<AntagonistState> states;
  private final RandomGenerator random;
  private final Consumer<Member> changed;
  private final Agenda.Entry next;

  public Antagonist(
      Agenda agenda, Member member, RandomGenerator random, Consumer<Member> changed) {
    this.agenda = agenda;
    this.member = member;
    this.states = member.group().antagonist();
    this.random = random;
    this.changed = changed;
    this.next = agenda.register(this::change);
  }

  /** Begins in a state that is as likely as its share of the time. */
  public void start() {
    if (!states.isEmpty()) {
      visit(draw(AntagonistState::share));
    }
  }

  private void change() {
    visit(draw(Antagonist::visits));
  }

  private void visit(AntagonistState state) {
    member.antagonist(state.cores().sample(random), state.speed().sample(random));
    next.at(agenda.nanos() + (long) (random.nextExponential() * state.hold().toNanos()));
    changed.accept(member);
  }

  /** Visits are as many as the share of the time, divided by how long each lasts. */
  private static double visits(AntagonistState state) {
    return state.share() / state.hold().toNanos();
  }

  private AntagonistState draw(ToDoubleFunction<AntagonistState> weight) {
    double left = random.nextDouble() * states.stream().mapToDouble(weight).sum();
    for (AntagonistState state : states) {
      left -= weight.applyAsDouble(state);
      if (left < 0) {
        return state;
      }
    }
    return states.get(states.size() - 1);
  }
}
