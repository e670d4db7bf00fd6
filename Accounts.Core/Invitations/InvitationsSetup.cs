using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Invitations;

public static class InvitationsSetup
{
    /// <summary>To the address of somebody who has made an account without it.</summary>
    private const string ToThem = "email_key = (SELECT u.email_key FROM users u WHERE u.id = @user)";

    public static IServiceCollection AddInvitations(this IServiceCollection services) => services
        .AddSingleton<InvitationLink>().AddScoped<InvitationSending>().AddScoped<InvitationWithdrawal>().AddScoped<InvitationList>().AddScoped<InvitationAcceptance>()
        // What was withdrawn or accepted since the backup would be good once more.
        .AddRestoreRule("invitations")
        .AddPersonalData(new PersonalData("invitations")
        {
            Where = $"(invited_by = @user OR {ToThem})",
            Given = ["id", "roles", "created_at", "expires_at"],
            Withheld = [new("of use to thieves alone", "token_hash"), new("who else is invited, or invites", "email", "email_key", "invited_by")],
            // Theirs to others stay, and say no more whose they were: they give no roles then.
            Erase = $"DELETE FROM invitations WHERE {ToThem}",
        })
        .AddSweepRule("invitations", "expires_at < clock_timestamp()");
}
