package io.chartreuse.cli.command;

import io.chartreuse.cli.document.ApprovalDocument;
import io.chartreuse.cli.view.ApprovalView;
import io.chartreuse.cli.view.Console;
import io.chartreuse.core.approval.Approval;
import io.chartreuse.core.approval.SignatureFile;
import io.chartreuse.core.approval.SigningKey;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Signs a plan's id, or takes a signature that another tool made. */
@picocli.CommandLine.Command(
        name = "approve",
        description = {
            "Approve a plan: sign its id, and keep the signature beside it.",
            "It counts where the key's public half is among approvals.keys of the configuration."
        })
public final class ApproveCommand extends Command {

    @ArgGroup(multiplicity = "1")
    private PlanReference reference;

    @ArgGroup(multiplicity = "1")
    private Proof proof;

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
            Plan plan = reference.read(() -> session);
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

        byte[] of(Plan plan) {
            return key != null ? SigningKey.read(key).sign(plan.id()) : SignatureFile.read(signature);
        }
    }
}
