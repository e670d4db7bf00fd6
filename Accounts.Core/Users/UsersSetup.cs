using Accounts.Core.Data;
using Accounts.Core.Settings;
using Accounts.Core.Users.Extra;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Users;

public static class UsersSetup
{
    public static IServiceCollection AddUsers(this IServiceCollection services) => services
        .AddSettings<ExtraFieldOptions, ExtraFieldOptionsCheck>("Accounts:Profile").AddSingleton<ExtraFields>()
        .AddSettings<UsernameOptions, UsernameOptionsCheck>("Accounts:Usernames").AddSingleton<UsernameRule>()
        .AddPersonalData(Personal);

    private static PersonalData Personal { get; } = new("users")
    {
        Where = "id = @user",
        Given =
        [
            "id", "username", "email", "email_verified", "verified_at", "verified_by", "first_name", "last_name", "locale", "extra", "roles", "ways",
            "is_active", "suspended_until", "deactivation_reason", "date_joined", "last_login", "sessions_ended_at", "sessions_end_reason", "deleted_at", "erase_after", "frozen_until", "legacy_id", "signed_up_here",
        ],
        Withheld =
        [
            new("the same as they are compared", "username_key", "username_shape", "email_key"),
            new("of use to thieves alone", "password_hash", "security_stamp"),
            new("counters of this server", "sessions_epoch", "version"),
            new("what authenticators know the user by", "passkey_handle"),
        ],
        Erase = "DELETE FROM users WHERE id = @user",
    };
}
