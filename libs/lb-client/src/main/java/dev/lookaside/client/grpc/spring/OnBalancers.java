package dev.lookaside.client.grpc.spring;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Holds if balancers are named, in whichever form a list may have. The usual condition on a
 * property looks for one text and does not see a YAML list.
 */
final class OnBalancers extends SpringBootCondition {
  private static final String BALANCERS = "lookaside.client.balancers";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    List<String> balancers =
        Binder.get(context.getEnvironment())
            .bind(BALANCERS, Bindable.listOf(String.class))
            .orElse(List.of());
    ConditionMessage.Builder message = ConditionMessage.forCondition("Lookaside");
    return balancers.isEmpty()
        ? ConditionOutcome.noMatch(message.because(BALANCERS + " names none"))
        : ConditionOutcome.match(message.because(BALANCERS + " names " + balancers.size()));
  }
}
