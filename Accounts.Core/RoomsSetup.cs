using Accounts.Core.Admin;
using Accounts.Core.Audit;
using Accounts.Core.Branding;
using Accounts.Core.Changes;
using Accounts.Core.Checkup;
using Accounts.Core.Data;
using Accounts.Core.Deletion;
using Accounts.Core.EmailChange;
using Accounts.Core.EmailCodes;
using Accounts.Core.EndedSessions;
using Accounts.Core.Export;
using Accounts.Core.History;
using Accounts.Core.Housekeeping;
using Accounts.Core.Import;
using Accounts.Core.Invitations;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.MailRequests;
using Accounts.Core.NewDevices;
using Accounts.Core.Notices;
using Accounts.Core.OldTokens;
using Accounts.Core.Outbox;
using Accounts.Core.OwnActivity;
using Accounts.Core.Passkeys;
using Accounts.Core.Passwords;
using Accounts.Core.Profile;
using Accounts.Core.ProgramTokens;
using Accounts.Core.Reauthentication;
using Accounts.Core.Recovery;
using Accounts.Core.Registration;
using Accounts.Core.Restoring;
using Accounts.Core.SecondFactor;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;
using Accounts.Core.Settings;
using Accounts.Core.SignIn;
using Accounts.Core.SigningKeys;
using Accounts.Core.Social;
using Accounts.Core.Telemetry;
using Accounts.Core.Texts;
using Accounts.Core.Throttling;
using Accounts.Core.Tokens;
using Accounts.Core.TrustedDevices;
using Accounts.Core.Users;
using Accounts.Core.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core;

/// <summary>The house, from the ground up: a room knows rooms of lower storeys alone.</summary>
public static class RoomsSetup
{
    public static IServiceCollection AddRooms(this IServiceCollection services, string connectionString) => services
        .AddSingleton(TimeProvider.System)
        .AddMeter().AddSite().AddTexts().AddBrand().AddSecrets().AddTokens().AddData(connectionString).AddOutbox().AddUsers()
        .AddAudit().AddThrottling().AddMailedTokens().AddSigningKeys().AddMail()
        .AddOwnActivity().AddNotices().AddHousekeeping().AddMailRequests().AddInvitations().AddChanges().AddTrustedDevices()
        .AddSessions()
        .AddProgramTokens().AddEndedSessions().AddWebhooks()
        .AddNewDevices()
        .AddSignIn()
        .AddSecondFactor()
        .AddPasswords().AddProfile().AddPasskeys().AddOldTokens().AddRegistration().AddEmailChange().AddEmailCodes().AddSocial().AddReauthentication()
        .AddDeletion().AddExport()
        .AddRecovery()
        .AddRestoring().AddAdmin().AddCheckup().AddHistory()
        .AddImport();
}
