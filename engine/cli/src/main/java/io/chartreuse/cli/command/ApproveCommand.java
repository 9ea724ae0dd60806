package io.chartreuse.cli.command;

import io.chartreuse.cli.document.ApprovalDocument;
import io.chartreuse.cli.view.ApprovalView;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.PlanView;
import io.chartreuse.core.approval.Approval;
import io.chartreuse.core.approval.SignatureFile;
import io.chartreuse.core.approval.SigningKey;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Signs a plan's id, or takes a signature that another tool made. */
@picocli.CommandLine.Command(
        name = "approve",
        description = {
            "Approve a plan: sign its id, and keep the signature beside it.",
            "On a terminal the plan is shown first, and signed after a yes. Elsewhere name a file, or the whole id.",
            "It counts where the key's public half is among approvals.keys of the configuration."
        })
public final class ApproveCommand extends Command {

    @ArgGroup(multiplicity = "1")
    private PlanReference reference;

    @ArgGroup(multiplicity = "1")
    private Proof proof;

    @Mixin
    private io.chartreuse.cli.command.Confirmation answer = new io.chartreuse.cli.command.Confirmation();

    public ApproveCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    public boolean changesSomething() {
        return true;
    }

    @Override
    protected int run(Console console) {
        try (Session session = open()) {
            boolean asks = proof.signs() && console.canAsk() && !answer.isGiven();
            if (proof.signs() && !asks) {
                reference.requireWhole();
            }
            Plan plan = reference.read(() -> session);
            if (asks) {
                new PlanView(json() ? console.err() : console.out()).print(plan);
                answer.require(console, "Sign plan " + plan.id() + "?");
            }
            Approval approval = session.review().approve(plan, proof.of(plan));
            int counting = session.review().approvals(plan).size();
            int required = session.review().approvalRule().required();
            if (json()) {
                console.document(ApprovalDocument.of(approval, counting, required));
            } else {
                new ApprovalView(console.out()).print(plan, approval, counting, required);
            }
            return DONE;
        }
    }

    /** What says that it is approved. */
    static final class Proof {

        @Option(
                names = "--key",
                paramLabel = "FILE",
                description = "The private key to sign with: Ed25519 or ECDSA on P-256, PKCS#8 in PEM.")
        private Path key;

        @Option(
                names = "--signature",
                paramLabel = "FILE",
                description =
                        "A signature of the plan's id that another tool made: a bundle of `cosign sign-blob`, Base64, or bytes.")
        private Path signature;

        /** Whether it is signed now. A signature that is there already is of a whole id. */
        boolean signs() {
            return key != null;
        }

        byte[] of(Plan plan) {
            return key != null ? SigningKey.read(key).sign(plan.id()) : SignatureFile.read(signature);
        }
    }
}
