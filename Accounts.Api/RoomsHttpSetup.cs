using Accounts.Api.Admin;
using Accounts.Api.Checkup;
using Accounts.Api.Compatibility;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.EmailChange;
using Accounts.Api.EmailCodes;
using Accounts.Api.EndedSessions;
using Accounts.Api.Export;
using Accounts.Api.Hosting;
using Accounts.Api.Http;
using Accounts.Api.MailedTokens;
using Accounts.Api.NewDevices;
using Accounts.Api.OldTokens;
using Accounts.Api.OwnActivity;
using Accounts.Api.Pages;
using Accounts.Api.Passkeys;
using Accounts.Api.Passwords;
using Accounts.Api.ProgramTokens;
using Accounts.Api.Providers;
using Accounts.Api.Reauthentication;
using Accounts.Api.Recovery;
using Accounts.Api.Registration;
using Accounts.Api.SecondFactor;
using Accounts.Api.Sessions;
using Accounts.Api.SignIn;
using Accounts.Api.Social;
using Accounts.Api.Telemetry;
using Accounts.Api.Tokens;
using Accounts.Api.TrustedDevices;
using Accounts.Api.Users;
using Accounts.Api.Webhooks;

namespace Accounts.Api;

/// <summary>What speaks HTTP, from the ground up: a room knows rooms of lower storeys alone.</summary>
public static class RoomsHttpSetup
{
    public static IServiceCollection AddRoomsHttp(this IServiceCollection services, IConfiguration configuration) => services
        .AddCookies().AddHosting().AddTelemetry(configuration)
        .AddHttp().AddPages()
        .AddDocs()
        .AddUsersHttp().AddOldTokensHttp()
        .AddSessionsHttp().AddTokensHttp().AddNewDevicesHttp().AddOwnActivityHttp().AddTrustedDevicesHttp()
        .AddSignInHttp().AddMailedTokensHttp().AddEndedSessionsHttp()
        .AddPasswordsHttp().AddPasskeysHttp().AddProgramTokensHttp(configuration).AddWebhooksHttp(configuration).AddSecondFactorHttp().AddRegistrationHttp().AddEmailChangeHttp().AddReauthenticationHttp().AddProviders(configuration)
        .AddEmailCodesHttp().AddSocialHttp().AddExportHttp()
        .AddRecoveryHttp()
        .AddAdminHttp().AddCheckupHttp()
        .AddCompatibility(configuration);
}
