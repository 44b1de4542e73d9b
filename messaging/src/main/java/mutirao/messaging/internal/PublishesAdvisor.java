package mutirao.messaging.internal;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import mutirao.messaging.Producer;
import mutirao.messaging.Publishes;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Publishes what [Publishes] methods return, outside of the transaction that the method begins itself.
final class PublishesAdvisor extends AbstractBeanFactoryAwareAdvisingPostProcessor {
    private static final boolean TRANSACTIONS =
            present("org.springframework.transaction.support.TransactionSynchronizationManager");

    PublishesAdvisor(Supplier<Producer> producer, Environment environment) {
        setBeforeExistingAdvisors(true);
        this.advisor = new DefaultPointcutAdvisor(
                AnnotationMatchingPointcut.forMethodAnnotation(Publishes.class),
                new Publishing(producer, environment, JsonMapper.builder().build()));
    }

    private static boolean present(String type) {
        return ClassUtils.isPresent(type, PublishesAdvisor.class.getClassLoader());
    }

    private record Publishing(Supplier<Producer> producer, Environment environment, JsonMapper json)
            implements MethodInterceptor {
        @Override
        public @Nullable Object invoke(MethodInvocation call) throws Throwable {
            var publishes = annotation(call);
            var result = call.proceed();
            // Read now: who gets the result may change it.
            JsonNode tree = result == null ? json.createObjectNode() : json.valueToTree(result);
            afterCommit(() -> publish(publishes, tree));
            return result;
        }

        private static Publishes annotation(MethodInvocation call) {
            Method method = call.getThis() == null
                    ? call.getMethod()
                    : AopUtils.getMostSpecificMethod(call.getMethod(), AopUtils.getTargetClass(call.getThis()));
            var found = AnnotatedElementUtils.findMergedAnnotation(method, Publishes.class);
            if (found == null) {
                throw new IllegalStateException(method + " is advised and publishes nothing");
            }
            if (Future.class.isAssignableFrom(method.getReturnType())
                    || CompletionStage.class.isAssignableFrom(method.getReturnType())) {
                throw new IllegalStateException(
                        method + " returns before it has succeeded: there is nothing to publish");
            }
            return found;
        }

        private static void afterCommit(Runnable publish) {
            if (TRANSACTIONS && TransactionSynchronizationManager.isActualTransactionActive()) {
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        publish.run();
                    }
                });
            } else {
                publish.run();
            }
        }

        private void publish(Publishes publishes, JsonNode result) {
            var topic = publishes.topic().isEmpty() ? null : environment.resolveRequiredPlaceholders(publishes.topic());
            var key = publishes.key().isEmpty() ? null : key(publishes.key(), result);
            producer.get().publish(topic, publishes.value(), key, publishes.includeResult() ? result : Map.of());
        }

        private static String key(String path, JsonNode result) {
            var found = result.at("/" + path.replace('.', '/'));
            if (!found.isValueNode() || found.isNull()) {
                throw new IllegalArgumentException("the result has no field " + path + " to be the event's key");
            }
            return found.asString();
        }
    }
}
