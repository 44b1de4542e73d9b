package mutirao.messaging.internal;

import mutirao.messaging.ProcessedMessages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/// Notes handled messages in PostgreSQL, table `processed_message`, in the transaction the handler runs in. Of two
/// processes with the same message the second waits for the first one's end, by the primary key.
final class JdbcProcessed implements ProcessedMessages {
    private final JdbcClient db;
    private final PlatformTransactionManager transactions;

    JdbcProcessed(JdbcClient db, PlatformTransactionManager transactions) {
        this.db = db;
        this.transactions = transactions;
    }

    @Override
    public boolean once(String group, String messageId, Effect effect) throws Exception {
        var transaction = transactions.getTransaction(new DefaultTransactionDefinition());
        var ran = false;
        try {
            ran = db.sql(
                                    "insert into processed_message (consumer_group, message_id) values (?, ?) on conflict do nothing")
                            .params(group, messageId)
                            .update()
                    > 0;
            if (ran) {
                effect.run();
            }
        } catch (Throwable e) { // whatever it is, it rolls back and goes on
            transactions.rollback(transaction);
            throw e;
        }
        transactions.commit(transaction);
        return ran;
    }
}
