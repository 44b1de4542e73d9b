package mutirao.messaging.contract;

import java.util.Arrays;
import mutirao.messaging.Broker;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/// [Effects] in a process of its own, to be killed.
public final class EffectsProcess {
    private EffectsProcess() {}

    /// @param args kind and address of the broker, then properties
    public static void main(String[] args) {
        var broker = new Broker(Broker.Kind.valueOf(args[0]), args[1]);
        new SpringApplicationBuilder(Effects.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> context.getBeanFactory().registerSingleton("broker", broker))
                .run(Arrays.copyOfRange(args, 2, args.length));
    }
}
