using Accounts.Core.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Profile;

public static class ProfileSetup
{
    public static IServiceCollection AddProfile(this IServiceCollection services) => services.AddScoped<ProfileChange>().AddWorker<UsernameShapes>();
}
