package mutirao.platform.command;

import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/// Transactions of the database that end before an engine is asked to commit: what a handler has written is undone with
/// it, but not for a commit that only seems to have failed.
final class BeforeTheEngine implements TransactionManager {
    private final TransactionManager transactions;

    BeforeTheEngine(TransactionManager transactions) {
        this.transactions = transactions;
    }

    @Override
    public Transaction startTransaction() {
        var early = new Early(transactions.startTransaction());
        // The first of this phase: events, and what is written about them, come after.
        CurrentUnitOfWork.ifStarted(unit -> unit.onPrepareCommit(_ -> early.commit()));
        return early;
    }

    /// Ends once.
    private static final class Early implements Transaction {
        private final Transaction transaction;
        private boolean over;

        Early(Transaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public void commit() {
            if (!over) {
                over = true;
                transaction.commit();
            }
        }

        @Override
        public void rollback() {
            if (!over) {
                over = true;
                transaction.rollback();
            }
        }
    }
}
