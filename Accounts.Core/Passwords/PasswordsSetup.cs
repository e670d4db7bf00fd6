using Accounts.Core.MailRequests;
using Accounts.Core.Passwords.Hashing;
using Accounts.Core.Passwords.Reset;
using Accounts.Core.Settings;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Accounts.Core.Workers;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Passwords;

public static class PasswordsSetup
{
    public static IServiceCollection AddPasswords(this IServiceCollection services) => services
        .AddSettings<PasswordOptions, PasswordOptionsCheck>("Accounts:Passwords")
        .AddSingleton<HashingPool>().AddSingleton<CommonPasswords>().AddSingleton<PasswordPolicy>()
        .AddSingleton<IPasswordHasher<User>, UserPasswordHasher>().AddSingleton<PasswordDecoys>().AddEarlyWorker<DecoyWorker>().AddSingleton<PasswordHashing>()
        .AddScoped<ISignInPart, PasswordPart>().AddSingleton<NewPasswords>().AddScoped<RightPasswordNotice>().AddScoped<PasswordVerification>().AddScoped<OwnerConfirmation>().AddScoped<PasswordNotice>().AddScoped<PasswordResetMail>()
        .AddScoped<PasswordLogin>().AddScoped<PasswordRehearsal>().AddScoped<PasswordReset>().AddScoped<IMailRequestPart, RequestedReset>().AddScoped<PresentedReset>().AddScoped<PasswordReplacement>().AddScoped<PasswordResetConfirmation>().AddScoped<PasswordChange>();
}
